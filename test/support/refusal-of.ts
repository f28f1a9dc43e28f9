/** The constraint or the code with which the database refused; the messages around it repeat the parameters. */
export const refusalOf = async (work: PromiseLike<unknown>): Promise<unknown> => {
  try {
    await work;
  } catch (error) {
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    const { constraint, constraint_name: name, code } = cause as Record<string, unknown>;
    return constraint ?? name ?? code;
  }
  return "nothing refused";
};
