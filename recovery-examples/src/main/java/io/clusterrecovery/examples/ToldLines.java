package io.clusterrecovery.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** Tells a drill what is printed, line by line. */
final class ToldLines extends ByteArrayOutputStream {
  private final ToldSite site;

  ToldLines(ToldSite site) {
    this.site = site;
  }

  @Override
  public synchronized void flush() {
    String text = toString(UTF_8).stripTrailing();
    reset();
    if (!text.isEmpty()) {
      text.lines().forEach(line -> site.tell(SiteLine.of(SiteLine.LINE, line)));
    }
  }
}
