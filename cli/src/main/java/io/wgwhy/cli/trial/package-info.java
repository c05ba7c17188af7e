/** The whole way on real tunnels: a fault is made, found, taken back, and the finding resolved. */
@NullMarked
package io.wgwhy.cli.trial;

import org.jspecify.annotations.NullMarked;
