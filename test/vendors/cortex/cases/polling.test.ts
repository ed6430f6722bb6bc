import { pollingCases } from "../../../../src/vendors/cortex/cases/polling.ts";
import { describeCortexCases } from "../../../support/broken-cortex/describe.ts";

describeCortexCases(pollingCases);
