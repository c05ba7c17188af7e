/**
 * From facts topics to findings topics, by Kafka Streams; knows no rules.
 *
 * <p>A record's way: {@link io.wgwhy.engine.stream.Intake} reads it or refuses it, {@link
 * io.wgwhy.engine.stream.Reasoning} hands it to {@link io.wgwhy.engine.stream.LiveSessions}, whose
 * session of its network concludes what is published; {@link io.wgwhy.engine.stream.Store} keeps
 * what a session must be rebuilt from.
 *
 * <p><b>Nothing is lost by a crash</b>, because nothing is committed that has not been concluded
 * and remembered: {@link io.wgwhy.engine.stream.BeforeCommit} calls just before every commit, and
 * findings, memory and the position in the facts topics are one transaction. A session is a cache.
 */
@NullMarked
package io.wgwhy.engine.stream;

import org.jspecify.annotations.NullMarked;
