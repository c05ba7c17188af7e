/**
 * Routers that show all of themselves in a language of their own: RouterOS, OpenWrt (UCI), EdgeOS
 * and VyOS.
 */
@NullMarked
package io.wgwhy.connectors.collect.router;

import org.jspecify.annotations.NullMarked;
