package io.clusterrecovery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A world of named values, steps that bring it into a wanted state, and moments to crash at. */
final class World {
  private static final String HALF = "half";

  final Map<String, String> values = new TreeMap<>();
  final List<String> writes = new ArrayList<>();
  private int momentsLeft = Integer.MAX_VALUE;

  /** The end of the process at this moment, as far as a test can have it. */
  static final class Crash extends Error {
    private static final long serialVersionUID = 1L;
  }

  void crashAfter(int moments) {
    momentsLeft = moments;
  }

  void recover() {
    momentsLeft = Integer.MAX_VALUE;
  }

  void moment() {
    if (momentsLeft-- <= 0) {
      throw new Crash();
    }
  }

  /** A step that sets each of the keys to a value made of its name. */
  RecoveryStep<String> setting(String... keys) {
    return new TestStep<>("set", run -> prepared("-wanted", List.of(keys)));
  }

  private Prepared<String> prepared(String suffix, List<String> keys) {
    moment();
    Plan.Builder plan = Plan.of("set", String.join(",", keys));
    Map<String, Change> changes = new LinkedHashMap<>();
    for (String key : keys) {
      String is = values.getOrDefault(key, "nothing");
      if (!is.equals(key + suffix)) {
        Change change = Change.of("set-" + key, "set", key, is, key + suffix);
        changes.put(key, change);
        plan.change(change);
      }
    }
    return new Prepared<>(plan.build(), run -> act(run, changes, keys));
  }

  private String act(RunContext run, Map<String, Change> changes, List<String> keys) {
    changes.forEach(
        (key, change) -> {
          moment();
          run.change(change, () -> write(key, change.to()));
          moment();
        });
    return String.join("+", keys.stream().map(values::get).toList());
  }

  private void write(String key, String value) {
    moment();
    values.put(key, HALF);
    moment();
    values.put(key, value);
    writes.add(key + "=" + value);
    moment();
  }
}
