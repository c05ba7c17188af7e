package io.wgwhy.cli;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} says. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String built = Version.class.getPackage().getImplementationVersion();
    return new String[] {
      "wgwhy " + (built == null ? "(not packaged)" : built), "Java " + Runtime.version()
    };
  }
}
