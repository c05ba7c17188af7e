package io.wgwhy.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A rule pack as it lies on disk: {@code <n>-<band>/<cause-id>/<cause-id>.drl}, with the remedy
 * page and the cases beside the rules, and the vocabulary at the top.
 *
 * @param name the folder's name
 * @param causes in the diagnostic order
 * @param overlay what it changes of other packs' causes
 * @param problems what is wrong with the files; the rules themselves are {@link DrlLint}'s
 */
record PackFolder(
    String name,
    Path folder,
    List<DrlFile> vocabulary,
    List<CauseFolder> causes,
    Overlay overlay,
    List<RuleProblem> problems) {

  /** A file of rules, named relative to the pack. */
  record DrlFile(String name, String text) {}

  /**
   * A cause's folder.
   *
   * @param nth counts the causes that have band and place in common, from 0
   * @param rules null when the file is missing
   */
  record CauseFolder(
      String id,
      String band,
      int place,
      int nth,
      Path folder,
      @Nullable DrlFile rules,
      JsonNode frontMatter,
      String page,
      List<String> cases) {

    int salience() {
      return Salience.of(bandNumber(), place, nth);
    }

    int bandNumber() {
      return PackFolder.bandNumber(band);
    }
  }

  static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

  /** What cases name: no part of what a pack says. */
  static final String RECORDINGS = "recordings";

  /** Of a file: many times the longest of the built-in pack. */
  private static final long LONGEST = 1 << 20;

  /** In the place of a text that cannot be read: that is said already. */
  static final String UNREAD = "\0";

  static final Pattern CASE = Pattern.compile("(fires|silent|clears)-.+\\.yaml");
  private static final Pattern BAND = Pattern.compile("(\\d{1,2})-[a-z0-9]+(-[a-z0-9]+)*");

  private static final String HOLDS_NO_CAUSE =
      "holds no cause: expected <n>-<band>/<cause-id>/<cause-id>.drl";

  static int bandNumber(String band) {
    Matcher matcher = BAND.matcher(band);
    return matcher.matches() ? Integer.parseInt(matcher.group(1)) : Salience.BANDS - 1;
  }

  static PackFolder read(Path folder) {
    return new Reader(folder.toAbsolutePath().normalize()).read();
  }

  /** Whether there is anything in a folder that only a pack has; not whether all of it is right. */
  static boolean looksLikePack(Path folder) {
    return any(folder, it -> isFile(it, Overlay.FILE) || isFile(it, ".drl") || isBand(it));
  }

  private static boolean isBand(Path folder) {
    boolean named = BAND.matcher(name(folder)).matches();
    return any(
        folder,
        cause ->
            named
                ? any(cause, it -> isFile(it, ".drl") || isFile(it, ".md"))
                : any(cause, it -> isFile(it, name(cause) + ".drl")));
  }

  private static boolean isFile(Path file, String end) {
    return name(file).endsWith(end) && Files.isRegularFile(file);
  }

  /** False of what is no folder, or cannot be read. */
  private static boolean any(Path folder, Predicate<Path> wanted) {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) || name(folder).startsWith(".")) {
      return false;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.anyMatch(wanted);
    } catch (IOException | UncheckedIOException unreadable) {
      return false;
    }
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  /** How a file of this pack is called in messages. */
  String path(String file) {
    return folder.resolve(file).toString();
  }

  /** Hash of the rules and pages. */
  String version() {
    List<String> sources = new ArrayList<>();
    for (DrlFile file : vocabulary) {
      sources.add(file.name());
      sources.add(file.text());
    }
    for (CauseFolder cause : causes) {
      sources.add(cause.band() + "/" + cause.id());
      sources.add(cause.rules() == null ? "" : cause.rules().text());
      sources.add(cause.frontMatter().toString());
      sources.add(cause.page());
    }
    if (!overlay.text().isEmpty()) {
      sources.add(overlay.text());
    }
    return PackVersion.of(sources);
  }

  private static final class Reader {
    private final Path root;
    private final List<RuleProblem> problems = new ArrayList<>();
    private final List<CauseFolder> causes = new ArrayList<>();
    private final List<DrlFile> vocabulary = new ArrayList<>();
    private Overlay overlay = Overlay.NONE;

    Reader(Path root) {
      this.root = root;
    }

    PackFolder read() {
      String name = String.valueOf(root.getFileName());
      if (!Files.isDirectory(root)) {
        problem(root, "there is no such folder");
        return result(name);
      }
      if (!looksLikePack(root)) {
        problem(root, HOLDS_NO_CAUSE);
        return result(name);
      }
      if (!ID.matcher(name).matches()) {
        problem(root, "name the pack's folder in small letters, digits and dashes");
      }
      for (Path entry : list(root)) {
        if (isLink(entry)) {
          continue;
        }
        if (Files.isDirectory(entry)) {
          if (!name(entry).equals(RECORDINGS)) {
            readBand(entry);
          }
        } else if (name(entry).equals(Overlay.FILE)) {
          String text = text(entry);
          if (!text.equals(UNREAD)) {
            overlay = Overlay.read(entry.toString(), text, problems::add);
          }
        } else if (entry.toString().endsWith(".drl")) {
          vocabulary.add(drl(entry));
        }
      }
      if (causes.isEmpty() && overlay.text().isEmpty() && problems.isEmpty()) {
        problem(root, HOLDS_NO_CAUSE);
      }
      return result(name);
    }

    private PackFolder result(String name) {
      return new PackFolder(
          name, root, List.copyOf(vocabulary), inOrder(causes), overlay, List.copyOf(problems));
    }

    private void readBand(Path band) {
      if (!BAND.matcher(name(band)).matches()) {
        problem(band, "name the band <number>-<name>, like 2-udp-path");
      }
      for (Path entry : list(band)) {
        if (isLink(entry)) {
          continue;
        }
        if (Files.isDirectory(entry)) {
          readCause(entry, name(band));
        } else if (!name(entry).equals("README.md")) {
          problem(entry, "put it into the folder of its cause");
        }
      }
    }

    private void readCause(Path folder, String band) {
      String id = name(folder);
      if (!ID.matcher(id).matches()) {
        problem(folder, "name the cause in small letters, digits and dashes");
      }
      causes.stream()
          .filter(other -> other.id().equals(id))
          .forEach(other -> problem(folder, "the cause is also in " + other.folder()));
      DrlFile rules = null;
      PageReader.Read page = null;
      List<String> cases = new ArrayList<>();
      for (Path file : list(folder)) {
        String name = name(file);
        if (isLink(file)) {
          continue;
        }
        if (name.equals(id + ".drl")) {
          rules = drl(file);
        } else if (name.equals(id + ".md")) {
          String text = text(file);
          page =
              text.equals(UNREAD)
                  ? PageReader.NONE
                  : PageReader.read(file.toString(), text, problems::add);
        } else if (CASE.matcher(name).matches()) {
          cases.add(name);
        } else if (name.endsWith(".drl") || name.endsWith(".md")) {
          problem(file, "name it like its folder: " + id + name.substring(name.lastIndexOf('.')));
        } else {
          problem(file, "not known here: cases are fires-*.yaml, silent-*.yaml, clears-*.yaml");
        }
      }
      if (rules == null) {
        problem(folder, "write the rules: " + id + ".drl");
      }
      if (page == null) {
        problem(folder, "write the remedy page: " + id + ".md");
        page = PageReader.NONE;
      }
      causes.add(
          new CauseFolder(
              id,
              band,
              FrontMatter.place(page.frontMatter()),
              0,
              folder,
              rules,
              page.frontMatter(),
              page.text(),
              List.copyOf(cases)));
    }

    /** What leads out of the pack is not read, and neither is what never ends. */
    private boolean isLink(Path file) {
      boolean link = Files.isSymbolicLink(file);
      if (link || !(Files.isRegularFile(file) || Files.isDirectory(file))) {
        problem(file, link ? "a link: put the file itself here" : "not a file: take it out");
        return true;
      }
      return false;
    }

    private DrlFile drl(Path file) {
      return new DrlFile(root.relativize(file).toString().replace('\\', '/'), text(file));
    }

    private void problem(Path file, String message) {
      problems.add(new RuleProblem(file.toString(), 0, message));
    }

    private String text(Path file) {
      try {
        if (Files.size(file) > LONGEST) {
          problem(file, "longer than " + LONGEST + " bytes: divide it");
          return UNREAD;
        }
        return Files.readString(file);
      } catch (CharacterCodingException other) {
        problem(file, "it is not UTF-8: save it as UTF-8");
        return UNREAD;
      } catch (IOException unreadable) {
        problem(file, "cannot be read: " + unreadable);
        return UNREAD;
      }
    }

    private List<Path> list(Path folder) {
      try (Stream<Path> entries = Files.list(folder)) {
        return entries.filter(e -> !name(e).startsWith(".")).sorted().toList();
      } catch (IOException | UncheckedIOException unreadable) {
        problem(folder, "cannot be read: " + unreadable);
        return List.of();
      }
    }

    private static List<CauseFolder> inOrder(List<CauseFolder> causes) {
      Map<String, Integer> seen = new HashMap<>();
      return causes.stream()
          .sorted(
              Comparator.comparingInt(CauseFolder::bandNumber)
                  .thenComparingInt(CauseFolder::place)
                  .thenComparing(CauseFolder::id))
          .map(
              c ->
                  new CauseFolder(
                      c.id(),
                      c.band(),
                      c.place(),
                      seen.merge(c.bandNumber() + "/" + c.place(), 1, Integer::sum) - 1,
                      c.folder(),
                      c.rules(),
                      c.frontMatter(),
                      c.page(),
                      c.cases()))
          .toList();
    }
  }
}
