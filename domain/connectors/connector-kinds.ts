/** The shops that have a ready mapping, and the ways a condition asks: plain words, which a page can load without the rules that read them. */
export const CONNECTOR_KINDS = ['custom', 'woocommerce', 'shopify', 'prestashop'] as const;
export type ConnectorKind = (typeof CONNECTOR_KINDS)[number];

export const CONDITION_KINDS = ['in', 'notIn', 'present', 'absent'] as const;
