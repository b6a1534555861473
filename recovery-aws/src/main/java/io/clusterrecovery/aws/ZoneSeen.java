package io.clusterrecovery.aws;

import java.util.List;
import java.util.Map;

/**
 * What was seen of a zone.
 *
 * @param id its id
 * @param name its name, without the dot at the end
 * @param isPrivate whether it is a private zone
 * @param records every record set that has one of the wanted names, of any type, by whole name
 */
record ZoneSeen(String id, String name, boolean isPrivate, Map<String, List<RecordSeen>> records) {
  List<RecordSeen> named(String wholeName) {
    return records.getOrDefault(wholeName, List.of());
  }

  /** What an A record of that name is, as plans and errors show it. */
  String shown(String wholeName) {
    List<String> shown =
        named(wholeName).stream().filter(r -> r.type().equals("A")).map(RecordSeen::shown).toList();
    return shown.isEmpty() ? "absent" : String.join(" and ", shown);
  }
}
