package io.wgwhy.cli.workbench;

import io.wgwhy.rules.PackFiles;
import io.wgwhy.rules.RuleBook;
import java.nio.file.Path;

/** The rules that a pack is tried with: its own beside the built-in ones, as in earnest. */
public final class PackBook {
  private PackBook() {}

  /**
   * The book to try a pack with. The built-in pack's own folder is not compiled when it is what was
   * built.
   *
   * @throws io.wgwhy.rules.BadRules when it is refused
   */
  public static RuleBook of(Path pack) {
    RuleBook builtIn = RuleBook.builtIn();
    RuleBook.Pack own = builtIn.packs().get(0);
    if (!PackFiles.name(pack).equals(own.name())) {
      return RuleBook.with(pack);
    }
    return PackFiles.version(pack).equals(own.version()) ? builtIn : RuleBook.only(pack);
  }
}
