import { busyCases } from "../../../../src/vendors/cortex/cases/busy.ts";
import { describeCortexCases } from "../../../support/broken-cortex/describe.ts";

describeCortexCases(busyCases);
