package io.clusterrecovery;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/**
 * The lines of a journal as they were read: a checksum of eight digits, a space, an entry as JSON.
 *
 * <p>Read as bytes, since a line torn in the middle of a character is no text.
 *
 * @param entries the whole lines, in order
 * @param length how many bytes of the file they take; what follows is a torn last line
 * @param broken the number of a broken line, or 0; a torn last line is none
 */
record JournalLines(List<JournalEntry> entries, int length, int broken) {
  private static final int JSON_BEGINS = 9;

  static JournalLines of(byte[] content) {
    List<JournalEntry> entries = new ArrayList<>();
    int position = 0;
    while (position < content.length) {
      int end = endOfLine(content, position);
      byte[] line = Arrays.copyOfRange(content, position, end);
      boolean torn = end == content.length || !whole(line);
      boolean last = end >= content.length - 1;
      if (torn && last) {
        break;
      }
      if (torn || !addTo(entries, json(line))) {
        return new JournalLines(entries, position, entries.size() + 1);
      }
      position = end + 1;
    }
    return new JournalLines(entries, position, 0);
  }

  static String format(JournalEntry entry) {
    String json = Json.write(entry);
    return checksum(json.getBytes(StandardCharsets.UTF_8)) + " " + json + "\n";
  }

  /** A whole line that is no entry was written by another version: never cut off, never skipped. */
  private static boolean addTo(List<JournalEntry> entries, byte[] json) {
    try {
      return entries.add(Json.read(new String(json, StandardCharsets.UTF_8), JournalEntry.class));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean whole(byte[] line) {
    if (line.length < JSON_BEGINS) {
      return false;
    }
    String head = new String(line, 0, JSON_BEGINS, StandardCharsets.ISO_8859_1);
    return head.equals(checksum(json(line)) + " ");
  }

  private static byte[] json(byte[] line) {
    return Arrays.copyOfRange(line, JSON_BEGINS, line.length);
  }

  private static int endOfLine(byte[] content, int from) {
    int end = from;
    while (end < content.length && content[end] != '\n') {
      end++;
    }
    return end;
  }

  private static String checksum(byte[] json) {
    CRC32 crc = new CRC32();
    crc.update(json);
    return "%08x".formatted(crc.getValue());
  }
}
