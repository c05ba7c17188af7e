/** Outputs of WireGuard itself: {@code wg}, {@code wg-quick}, their files, networkd's, and logs. */
@NullMarked
package io.wgwhy.connectors.collect.wg;

import org.jspecify.annotations.NullMarked;
