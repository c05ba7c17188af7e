package io.wgwhy.cli.alert;

import io.wgwhy.connectors.sink.SinkSettings;
import io.wgwhy.connectors.sink.alertmanager.AlertmanagerSettings;
import io.wgwhy.connectors.sink.chat.ChatSettings;
import io.wgwhy.connectors.sink.file.FileSettings;
import io.wgwhy.connectors.sink.mail.MailSettings;
import io.wgwhy.connectors.sink.syslog.SyslogSettings;
import io.wgwhy.connectors.sink.webhook.WebhookSettings;
import java.util.Map;
import java.util.TreeMap;

/** Every sink there is, by the name that it has in the settings: one line each. */
final class Kinds {
  static final Map<String, Class<? extends SinkSettings>> ALL =
      new TreeMap<>(
          Map.of(
              "alertmanager", AlertmanagerSettings.class,
              "chat", ChatSettings.class,
              "file", FileSettings.class,
              "mail", MailSettings.class,
              "syslog", SyslogSettings.class,
              "webhook", WebhookSettings.class));

  private Kinds() {}
}
