package io.clusterrecovery.aws;

import java.util.Optional;

/** How the zone is found. */
sealed interface ZoneChoice {

  /** By its id. */
  record ById(String id) implements ZoneChoice {
    @Override
    public String toString() {
      return id;
    }
  }

  /**
   * By its name and kind.
   *
   * @param name without the dot at the end
   * @param vpc the id of a VPC that a private zone must be of; empty for any
   */
  record ByName(String name, boolean isPrivate, Optional<String> vpc) implements ZoneChoice {
    @Override
    public String toString() {
      String kind = isPrivate ? "private" : "public";
      return "%s zone %s%s".formatted(kind, name, vpc.map(id -> " of " + id).orElse(""));
    }
  }
}
