const NAME = /^[0-9a-f]{64}(-\d+)?\.jpg$/;

/** Whether a file of the store is a photo's. */
export const isPhotoName = (name: string): boolean => NAME.test(name);

/** The name itself; throws for anything that is no hash and so could lead out of the store. */
export const mustBePhotoName = (name: string): string => {
  if (!isPhotoName(name)) throw new Error("Not the name of a photo");
  return name;
};
