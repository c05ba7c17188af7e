package io.wgwhy.cli.bench.beside;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What processes have used, by proc(5).
 *
 * @param cpuSeconds in user and system mode
 * @param megabytes resident now
 * @param peakMegabytes the most that was resident
 */
record Usage(double cpuSeconds, long megabytes, long peakMegabytes) {
  /** USER_HZ is 100 on every architecture that Linux has today. */
  private static final double TICKS = 100;

  /** Of all of them together. */
  static Usage of(List<Long> processes) throws IOException {
    double cpu = 0;
    long now = 0;
    long peak = 0;
    for (long process : processes) {
      Path folder = Path.of("/proc", String.valueOf(process));
      String stat = Files.readString(folder.resolve("stat"));
      // After the name, which is in parentheses and may have blanks: state is field 3.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      cpu += (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS;
      for (String line : Files.readAllLines(folder.resolve("status"))) {
        if (line.startsWith("VmRSS:")) {
          now += kilobytes(line) / 1024;
        } else if (line.startsWith("VmHWM:")) {
          peak += kilobytes(line) / 1024;
        }
      }
    }
    return new Usage(cpu, now, peak);
  }

  private static long kilobytes(String line) {
    return Long.parseLong(line.replaceAll("[^0-9]", ""));
  }
}
