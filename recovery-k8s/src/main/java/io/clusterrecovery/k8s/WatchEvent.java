package io.clusterrecovery.k8s;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

/** Something that a watch tells. */
record WatchEvent(Type type, JsonObject object) {

  /** What it tells of. */
  enum Type {
    ADDED,
    MODIFIED,
    DELETED,
    /** Nothing changed up to a version. */
    BOOKMARK,
    /** The server cannot go on, such as from a version that it no longer knows. */
    ERROR,
    /** The connection ended; not told by the server. */
    ENDED;

    boolean tellsVersion() {
      return this != ERROR && this != ENDED;
    }
  }

  static final WatchEvent ENDED = new WatchEvent(Type.ENDED, new JsonObject());

  /**
   * Reads a line of a watch.
   *
   * @throws RuntimeException if it is none
   */
  static WatchEvent parse(String line) {
    JsonObject event = JsonParser.parseString(line).getAsJsonObject();
    return new WatchEvent(Type.valueOf(Doc.text(event, "type")), event.getAsJsonObject("object"));
  }
}
