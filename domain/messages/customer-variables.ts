/** The variables of a customer that a text may name: a list of its own, for the menu that writes them. */

/** What may be known of any customer, empty when nobody said it; attributes of the brand's own are there when the customer has them. */
export const CUSTOMER_VARIABLES = ['firstName', 'lastName', 'language', 'country', 'street', 'city', 'postalCode', 'birthDate', 'gender'] as const;
