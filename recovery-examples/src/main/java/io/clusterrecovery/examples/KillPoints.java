package io.clusterrecovery.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The points at which the recovery of a platform can be killed, from a list beside this class. */
final class KillPoints {
  private KillPoints() {}

  static List<KillPoint> of(DrillOptions.Platform platform) {
    String file = "kill-points-" + platform.name().toLowerCase(Locale.ROOT) + ".txt";
    try (InputStream in = requireNonNull(KillPoints.class.getResourceAsStream(file), file);
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, UTF_8))) {
      return lines.lines().map(KillPoint::parse).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Points dealt out to as few drills as can be, so that those of one lie far from each other. */
  static List<List<KillPoint>> dealt(List<KillPoint> points, int perDrill) {
    int drills = (points.size() + perDrill - 1) / perDrill;
    return IntStream.rangeClosed(1, drills).mapToObj(i -> shard(points, i, drills)).toList();
  }

  /** Every n-th point, beginning with the i-th. */
  static List<KillPoint> shard(List<KillPoint> points, int i, int n) {
    return IntStream.range(0, points.size())
        .filter(index -> index % n == i - 1)
        .mapToObj(points::get)
        .toList();
  }
}
