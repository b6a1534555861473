package io.clusterrecovery.etcd;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.etcd.ObjectChange.What;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Compares what two databases hold at their newest revisions: two tables of fingerprints, of keys
 * and of what they hold; then names for those that differ, by going over the files once more.
 */
final class SnapshotComparison {
  /** 8 MiB for each of the two tables: almost 400,000 keys in one go. */
  private static final int SLOTS = 1 << 19;

  private static final int MOST_KINDS = 1000;
  private static final int LONGEST_NAME = 1000;

  private final Snapshot from;
  private final Snapshot to;
  private final String prefix;
  private final Map<String, KindChanges> kinds = new TreeMap<>();
  private final List<ObjectChange> objects = new ArrayList<>();

  private SnapshotComparison(Snapshot from, Snapshot to) {
    this.from = from;
    this.to = to;
    this.prefix = to.contents().kubernetes().identity().map(ClusterIdentity::prefix).orElse("");
  }

  static SnapshotDiff of(Snapshot from, Snapshot to) {
    SnapshotComparison comparison = new SnapshotComparison(from, to);
    try (SnapshotKeys first = SnapshotKeys.open(from);
        SnapshotKeys second = SnapshotKeys.open(to)) {
      return comparison.compare(first, second);
    } catch (ClosedByInterruptException e) {
      throw comparison.refused(Code.INTERRUPTED, "it was interrupted", e);
    } catch (IOException e) {
      throw comparison.refused(Code.SNAPSHOT_UNREADABLE, e.toString(), e);
    } catch (BoltFormatException e) {
      throw comparison.refused(e.code(), String.valueOf(e.getMessage()), e);
    }
  }

  private SnapshotDiff compare(SnapshotKeys first, SnapshotKeys second) throws IOException {
    Optional<LiveKeys> next = Optional.of(LiveKeys.first(SLOTS));
    while (next.isPresent()) {
      LiveKeys before = filled(next.get(), first);
      LiveKeys after = filled(before.sameRange(), second);
      if (differ(before, after)) {
        second.forEach((page, key, deletes) -> nameNew(page, key, before, after));
        first.forEach((page, key, deletes) -> nameOld(page, key, before, after));
      }
      next = after.next();
    }
    objects.sort(Comparator.comparing(ObjectChange::kind).thenComparing(ObjectChange::name));
    return new SnapshotDiff(from, to, List.copyOf(kinds.values()), objects);
  }

  private static LiveKeys filled(LiveKeys table, SnapshotKeys keys) throws IOException {
    keys.forEach(
        (page, key, deletes) -> {
          long print = key.fingerprint(page);
          if (deletes) {
            table.remove(print);
          } else {
            table.put(print, KeyFingerprint.of(page, key.valueAt(), key.valueSize()));
          }
        });
    return table;
  }

  /** The second table may have kept less than the first. */
  private static boolean differ(LiveKeys before, LiveKeys after) {
    boolean[] differ = new boolean[1];
    before.forEachPrint(print -> differ[0] |= after.holds(print) && !same(print, before, after));
    after.forEachPrint(print -> differ[0] |= !before.contains(print));
    return differ[0];
  }

  private static boolean same(long print, LiveKeys before, LiveKeys after) {
    return after.contains(print) && after.get(print) == before.get(print);
  }

  /** What has been named is made equal in both tables, so that it is not named again. */
  private void nameNew(ByteBuffer page, StoredKey key, LiveKeys before, LiveKeys after) {
    long print = key.fingerprint(page);
    if (!after.holds(print) || !after.contains(print)) {
      return;
    }
    if (!before.contains(print)) {
      after.remove(print);
      name(page, key, What.CREATED);
    } else if (!same(print, before, after)) {
      after.put(print, before.get(print));
      name(page, key, What.CHANGED);
    }
  }

  private void nameOld(ByteBuffer page, StoredKey key, LiveKeys before, LiveKeys after) {
    long print = key.fingerprint(page);
    if (after.holds(print) && before.contains(print) && !after.contains(print)) {
      before.remove(print);
      name(page, key, What.DELETED);
    }
  }

  private void name(ByteBuffer page, StoredKey key, What what) {
    byte[] bytes = new byte[Math.min(key.keySize(), LONGEST_NAME)];
    page.get(key.keyAt(), bytes);
    ObjectKey object = ObjectKey.of(new String(bytes, UTF_8), prefix);
    String kind =
        kinds.containsKey(object.kind()) || kinds.size() < MOST_KINDS ? object.kind() : "others";
    kinds.put(kind, kinds.getOrDefault(kind, new KindChanges(kind, 0, 0, 0)).plus(what));
    if (objects.size() < SnapshotDiff.MOST_NAMED) {
      objects.add(new ObjectChange(object.kind(), object.name(), what));
    }
  }

  private RefusedException refused(Code code, String found, Exception cause) {
    return new RefusedException(
        new Refusal(
            code,
            "The snapshots %s and %s cannot be compared: %s."
                .formatted(from.file(), to.file(), found),
            "Inspect both again: one of them is no longer what it was."),
        cause);
  }
}
