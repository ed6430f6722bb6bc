import { sizeCases } from "../../../../src/vendors/cortex/cases/sizes.ts";
import { describeCortexCases } from "../../../support/broken-cortex/describe.ts";

describeCortexCases(sizeCases());
