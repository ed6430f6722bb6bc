import { quarantine } from "../../../../src/vendors/qualys/cases/quarantine.ts";
import { describeQualysCases } from "../../../support/broken-qualys/describe.ts";

describeQualysCases(quarantine);
