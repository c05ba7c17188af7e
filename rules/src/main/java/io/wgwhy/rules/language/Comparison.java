package io.wgwhy.rules.language;

/**
 * A comparison.
 *
 * @param certain whether the whole condition holds only if this holds
 */
record Comparison(Side left, String sign, Side right, boolean certain) {}
