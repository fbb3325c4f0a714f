/** A process that takes this host for a measurement, says so, and keeps it until its input ends. */
import { stdin, stdout } from "node:process";
import { holdHost } from "../edges/host/host-lock.ts";

using _held = holdHost("a test");
stdout.write("held\n");
for await (const _ of stdin);
