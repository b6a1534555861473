package io.clusterrecovery.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The scripts that are run on a host; nothing of them is kept there. */
enum Script {
  START,
  STATUS("jobs"),
  STOP("jobs"),
  REMOVE("jobs"),
  READ,
  DIGEST("transfer"),
  EXAMINE("transfer"),
  RECEIVE("transfer"),
  PLACE("transfer"),
  OWN("transfer"),
  SURVEY("transfer"),
  SEND("transfer"),
  /** The process of a detached command; handed to {@link #START} as an argument. */
  RUNNER;

  private final String text;

  Script(String... libraries) {
    StringBuilder all = new StringBuilder(load("common"));
    for (String library : libraries) {
      all.append(load(library));
    }
    this.text = all.append(load(name().toLowerCase(java.util.Locale.ROOT))).toString();
  }

  String text() {
    return text;
  }

  List<String> with(String... arguments) {
    return with(List.of(arguments));
  }

  List<String> with(List<String> arguments) {
    List<String> all = new ArrayList<>(List.of("/bin/sh", "-c", text, "cluster-recovery"));
    all.addAll(arguments);
    return all;
  }

  private static String load(String name) {
    try (InputStream in = Script.class.getResourceAsStream(name + ".sh")) {
      if (in == null) {
        throw new IllegalStateException(name + ".sh is missing from the jar");
      }
      String lines = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      // Comments are for readers of the source; a host's process list need not carry them.
      return lines.replaceAll("(?m)^\\s*#.*\\n", "").replaceAll("\\n{2,}", "\n").strip() + "\n";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
