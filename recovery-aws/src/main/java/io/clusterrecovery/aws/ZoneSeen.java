package io.clusterrecovery.aws;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was seen of a zone.
 *
 * @param id its id
 * @param name its name, without the dot at the end
 * @param isPrivate whether it is a private zone
 * @param records every record set that was read, of any type, by whole name
 */
record ZoneSeen(String id, String name, boolean isPrivate, Map<String, List<RecordSeen>> records) {
  List<RecordSeen> named(String wholeName) {
    return records.getOrDefault(wholeName, List.of());
  }

  List<RecordSeen> named(String wholeName, String type) {
    return named(wholeName).stream().filter(r -> r.type().equals(type)).toList();
  }

  Optional<RecordSeen> find(RecordId record) {
    return named(record.name()).stream().filter(r -> r.id().equals(record)).findFirst();
  }

  /** What there is of that name and type, as plans and errors show it. */
  String shown(String wholeName, String type) {
    List<String> shown = named(wholeName, type).stream().map(RecordSeen::shown).toList();
    return shown.isEmpty() ? "absent" : String.join(" and ", shown);
  }
}
