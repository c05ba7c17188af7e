/** Lines in a file. */
@NullMarked
package io.wgwhy.connectors.sink.file;

import org.jspecify.annotations.NullMarked;
