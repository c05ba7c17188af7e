/** Mails, by SMTP. */
@NullMarked
package io.wgwhy.connectors.sink.mail;

import org.jspecify.annotations.NullMarked;
