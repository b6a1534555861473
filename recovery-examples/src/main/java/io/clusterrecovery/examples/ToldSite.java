package io.clusterrecovery.examples;

import io.clusterrecovery.Master;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.stream.Stream;

/** A drill's lab as the process of a recovery knows it, which is told and asks line by line. */
final class ToldSite implements DrillSite {
  private final BufferedReader in;
  private final PrintStream out;
  private final Facts facts;

  ToldSite(BufferedReader in, PrintStream out) {
    this.in = in;
    this.out = out;
    this.facts = read().as(Facts.class);
  }

  @Override
  public Facts facts() {
    return facts;
  }

  @Override
  public Optional<Master> find(String name) {
    return Stream.of(ask(SiteLine.FIND, name, Master[].class)).findFirst();
  }

  @Override
  public Master make(String name) {
    return ask(SiteLine.MAKE, name, Master.class);
  }

  @Override
  public String joinConfiguration(String name) {
    return ask(SiteLine.JOIN, name, String.class);
  }

  void tell(SiteLine line) {
    out.println(line);
  }

  private synchronized <T> T ask(String kind, String what, Class<T> type) {
    tell(SiteLine.of(kind, what));
    SiteLine answer = read();
    if (answer.kind().equals(SiteLine.FAILED)) {
      throw new IllegalStateException(answer.as(String.class));
    }
    return answer.as(type);
  }

  private SiteLine read() {
    try {
      String line = in.readLine();
      if (line == null) {
        throw new IllegalStateException("the drill has ended");
      }
      return SiteLine.parse(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
