package io.clusterrecovery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;

/** Reads and makes journals behind the journal's back. */
final class JournalFiles {
  private JournalFiles() {}

  static List<JournalEntry> entries(Path file) {
    try {
      return JournalLines.of(Files.readAllBytes(file)).entries();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> kinds(Path file) {
    return entries(file).stream().map(e -> e.kind().name()).toList();
  }

  /** A whole line, as another version of the journal may have written it. */
  static String line(String json) {
    CRC32 crc = new CRC32();
    crc.update(json.getBytes(StandardCharsets.UTF_8));
    return "%08x %s\n".formatted(crc.getValue(), json);
  }
}
