/** Its types are those of Vega, which it is a part of. */
declare module "vega-parser" {
  export { parse } from "vega";
}
