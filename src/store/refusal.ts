/** Why the program does not start on this database; the message tells a person what to do and is shown without a stack. */
export class StoreRefusal extends Error {
  override name = "StoreRefusal";
}
