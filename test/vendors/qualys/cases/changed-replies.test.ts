import { changedReplies } from "../../../../src/vendors/qualys/cases/changed-replies.ts";
import { describeQualysCases } from "../../../support/broken-qualys/describe.ts";

describeQualysCases(changedReplies);
