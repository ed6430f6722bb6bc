import { replyCases } from "../../../../src/vendors/cortex/cases/replies.ts";
import { describeCortexCases } from "../../../support/broken-cortex/describe.ts";

describeCortexCases(replyCases);
