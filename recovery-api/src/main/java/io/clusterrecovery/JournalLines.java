package io.clusterrecovery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The lines of a journal file as they were read.
 *
 * @param entries the whole lines, in order
 * @param length how many bytes of the file they take; what follows is a torn last line
 * @param broken the number of a broken line that others follow, or 0
 */
record JournalLines(List<JournalEntry> entries, long length, int broken) {

  static JournalLines read(Path file) throws IOException {
    String text = Files.readString(file, StandardCharsets.UTF_8);
    List<JournalEntry> entries = new ArrayList<>();
    int position = 0;
    while (position < text.length()) {
      int end = text.indexOf('\n', position);
      Optional<JournalEntry> entry =
          end < 0 ? Optional.empty() : parse(text.substring(position, end));
      if (entry.isEmpty()) {
        boolean last = end < 0 || end + 1 == text.length();
        return new JournalLines(entries, bytes(text, position), last ? 0 : entries.size() + 1);
      }
      entries.add(entry.get());
      position = end + 1;
    }
    return new JournalLines(entries, bytes(text, position), 0);
  }

  static String format(JournalEntry entry) {
    String json = Json.write(entry);
    return checksum(json) + " " + json + "\n";
  }

  private static Optional<JournalEntry> parse(String line) {
    int space = line.indexOf(' ');
    if (space < 0 || !line.substring(0, space).equals(checksum(line.substring(space + 1)))) {
      return Optional.empty();
    }
    return Optional.of(Json.read(line.substring(space + 1), JournalEntry.class));
  }

  private static String checksum(String json) {
    CRC32 crc = new CRC32();
    crc.update(json.getBytes(StandardCharsets.UTF_8));
    return "%08x".formatted(crc.getValue());
  }

  private static long bytes(String text, int chars) {
    return text.substring(0, chars).getBytes(StandardCharsets.UTF_8).length;
  }
}
