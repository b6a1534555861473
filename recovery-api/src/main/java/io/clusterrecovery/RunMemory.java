package io.clusterrecovery;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The values that a run settles once; with a journal they outlive the process. */
final class RunMemory {
  private final Map<String, String> values = new HashMap<>();
  private final @Nullable Journal journal;

  RunMemory(@Nullable Journal journal) {
    this.journal = journal;
    if (journal != null) {
      journal.entries().stream()
          .filter(e -> e.kind() == JournalEntry.Kind.VALUE)
          .forEach(e -> values.putIfAbsent(e.key(), e.detail()));
    }
  }

  synchronized String once(String key, Supplier<String> first) {
    String known = values.get(key);
    if (known != null) {
      return known;
    }
    String value = first.get();
    if (journal != null) {
      journal.append(JournalEntry.Kind.VALUE, key, value);
    }
    values.put(key, value);
    return value;
  }

  synchronized Optional<String> get(String key) {
    return Optional.ofNullable(values.get(key));
  }

  void record(JournalEntry.Kind kind, String key, String detail) {
    if (journal != null) {
      journal.append(kind, key, detail);
    }
  }
}
