/** Cache tag of a picture's own addresses: they answer anew once it was replaced, and with nothing once it is gone. */
export const mediaTags = {
  one: (id: string) => `picture:${id}`,
};
