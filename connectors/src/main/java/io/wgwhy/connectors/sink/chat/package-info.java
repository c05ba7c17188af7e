/** Messages for Slack, and for what takes the same (Mattermost, Rocket.Chat). */
@NullMarked
package io.wgwhy.connectors.sink.chat;

import org.jspecify.annotations.NullMarked;
