/** A process that says what becomes of an owner's label here, or its own label, and then waits for its input to end. */
import { argv, stdin, stdout } from "node:process";
import { owner, ownerState } from "../edges/host/owner.ts";

const [label] = argv.slice(2);
stdout.write(`${label === undefined ? owner : ownerState(label)}\n`);
if (label === undefined) stdin.resume();
