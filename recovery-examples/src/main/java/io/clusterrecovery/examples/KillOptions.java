package io.clusterrecovery.examples;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the recovery of a drill is to be killed.
 *
 * @param points points of one drill, in turn, or {@code all} by itself; empty for nowhere
 * @param list whether the points are only listed
 * @param shard which part of all points, from 1
 * @param shards of how many
 * @param perDrill at how many points of {@code all} one drill is killed at most
 * @param file what became of each point, added to; or null
 */
record KillOptions(
    List<String> points, boolean list, int shard, int shards, int perDrill, @Nullable Path file) {
  static final KillOptions NOWHERE = new KillOptions(List.of(), false, 1, 1, 1, null);
  private static final String ALL = "all";

  KillOptions at(String where) {
    List<String> more = Stream.concat(points.stream(), Stream.of(where)).toList();
    return new KillOptions(more, list, shard, shards, perDrill, file);
  }

  KillOptions listing() {
    return new KillOptions(points, true, shard, shards, perDrill, file);
  }

  /** Takes {@code I/N}. */
  KillOptions sharded(String text) {
    if (!text.matches("[1-9]\\d{0,3}/[1-9]\\d{0,3}")) {
      throw new IllegalArgumentException("--shard needs I/N, such as 1/4, not " + text);
    }
    int slash = text.indexOf('/');
    int i = Integer.parseInt(text.substring(0, slash));
    int n = Integer.parseInt(text.substring(slash + 1));
    if (i > n) {
      throw new IllegalArgumentException("there is no part " + i + " of " + n);
    }
    return new KillOptions(points, list, i, n, perDrill, file);
  }

  KillOptions perDrill(String number) {
    if (!number.matches("[1-9]\\d{0,2}")) {
      throw new IllegalArgumentException("--per-drill needs a number of points, not " + number);
    }
    return new KillOptions(points, list, shard, shards, Integer.parseInt(number), file);
  }

  KillOptions continuing(String file) {
    return new KillOptions(points, list, shard, shards, perDrill, Path.of(file).toAbsolutePath());
  }

  /** Refuses what does not go together. */
  void requireFitting(@Nullable Path report, boolean keep) {
    boolean all = points.contains(ALL);
    if (all && (report != null || keep)) {
      throw new IllegalArgumentException("--kill-at all has many labs and reports");
    }
    if (all && points.size() > 1) {
      throw new IllegalArgumentException("all points, or these: --kill-at takes one or the other");
    }
    if (!all && (shards > 1 || perDrill > 1 || file != null)) {
      throw new IllegalArgumentException("--shard, --per-drill, --continue need --kill-at all");
    }
  }

  boolean kills() {
    return !points.isEmpty();
  }

  /** The points of each drill, of those that there are. */
  List<List<KillPoint>> of(List<KillPoint> there) {
    if (points.contains(ALL)) {
      return KillPoints.dealt(KillPoints.shard(there, shard, shards), perDrill);
    }
    List<KillPoint> wanted = points.stream().map(KillPoint::parse).toList();
    for (KillPoint point : wanted) {
      if (!there.contains(point)) {
        throw new IllegalArgumentException(
            "there is no point " + point + "; --list-points names them");
      }
    }
    return List.of(wanted);
  }
}
