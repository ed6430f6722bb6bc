import { lostReplies } from "../../../../src/vendors/qualys/cases/lost-replies.ts";
import { describeQualysCases } from "../../../support/broken-qualys/describe.ts";

describeQualysCases(lostReplies);
