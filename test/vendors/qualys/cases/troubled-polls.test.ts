import { troubledPolls } from "../../../../src/vendors/qualys/cases/troubled-polls.ts";
import { describeQualysCases } from "../../../support/broken-qualys/describe.ts";

describeQualysCases(troubledPolls);
