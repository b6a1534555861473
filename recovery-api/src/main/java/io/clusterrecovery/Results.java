package io.clusterrecovery;

import java.util.HashMap;
import java.util.Map;

/** What the steps before have found. Not thread-safe. */
public final class Results {
  private final Map<StepRef<?>, Object> values = new HashMap<>();

  Results() {}

  /**
   * {@return what that step found}
   *
   * @throws IllegalStateException if it has not run before this one
   */
  @SuppressWarnings("unchecked")
  public <R> R get(StepRef<R> step) {
    Object value = values.get(step);
    if (value == null) {
      throw new IllegalStateException("step '" + step.name() + "' has not run yet");
    }
    return (R) value;
  }

  boolean has(StepRef<?> step) {
    return values.containsKey(step);
  }

  void put(StepRef<?> step, Object value) {
    values.put(step, value);
  }

  @Override
  public String toString() {
    return "results of "
        + String.join(", ", values.keySet().stream().map(StepRef::name).sorted().toList());
  }
}
