import { rateLimits } from "../../../../src/vendors/qualys/cases/rate-limits.ts";
import { describeQualysCases } from "../../../support/broken-qualys/describe.ts";

describeQualysCases(rateLimits);
