import { transportCases } from "../../../../src/vendors/cortex/cases/transport.ts";
import { describeCortexCases } from "../../../support/broken-cortex/describe.ts";

describeCortexCases(transportCases);
