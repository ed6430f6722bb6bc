import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Quarantines a file on endpoints and follows what becomes of it, with what Java 17 brings: {@code java Client.java}.
 * FAUXDR_INPUT says what to do; one JSON line on stdout and the exit code say how it went.
 */
public final class Client {
    /** The API takes no more endpoints in one call. */
    private static final int MOST_ENDPOINTS = 1000;
    private static final int MOST_ATTEMPTS = 3;
    private static final Set<String> FINAL = Set.of("COMPLETED_SUCCESSFULLY", "COMPLETED_PARTIAL", "FAILED", "TIMEOUT",
            "EXPIRED", "CANCELLED", "ABORTED");

    private final HttpClient http;
    private final String url = System.getenv("CORTEX_URL");
    private final String keyId = System.getenv("CORTEX_API_KEY_ID");
    private final String key = System.getenv("CORTEX_API_KEY");
    private final Map<?, ?> task;
    private final long deadline;
    private final long limitMs;

    private Client(Map<?, ?> task) throws GeneralSecurityException, IOException {
        this.http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).sslContext(trust()).build();
        this.task = task;
        this.deadline = System.nanoTime() + (long) (1e9 * number("giveUpSeconds"));
        this.limitMs = (long) (1e3 * Math.max(2, Math.min(30, number("giveUpSeconds"))));
    }

    /** Trusts the CAs in FAUXDR_CA_FILE, where it is set: no variable names a file of CAs to Java itself. */
    private static SSLContext trust() throws GeneralSecurityException, IOException {
        String file = System.getenv("FAUXDR_CA_FILE");
        if (file == null) {
            return SSLContext.getDefault();
        }
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null);
        try (InputStream pem = Files.newInputStream(Path.of(file))) {
            for (Certificate ca : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                trusted.setCertificateEntry("ca" + trusted.size(), ca);
            }
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    /** The vendor, or a gateway before it, said no. */
    private static final class Refused extends Exception {
        final int status;
        final Double retryAfterSeconds;

        Refused(HttpResponse<String> response) {
            super(reasonIn(response.body()));
            status = response.statusCode();
            retryAfterSeconds = response.headers().firstValue("retry-after").filter(text -> text.matches("\\d+"))
                    .map(Double::valueOf).orElse(null);
        }

        boolean isBusy() {
            return status == 429 || status == 503;
        }

        /** The vendor's reason, flat or wrapped; a gateway's page or plain text is cut short. */
        private static String reasonIn(String body) {
            try {
                Map<?, ?> error = (Map<?, ?>) Json.parse(body);
                if (error.get("reply") instanceof Map<?, ?> wrapped) {
                    error = wrapped;
                }
                return Stream.of(error.get("err_msg"), error.get("err_extra")).filter(Objects::nonNull)
                        .map(String::valueOf).collect(Collectors.joining(": "));
            } catch (IOException | ClassCastException noJson) {
                return body.substring(0, Math.min(200, body.length()));
            }
        }
    }

    private Map<?, ?> post(String path, Map<String, ?> requestData) throws Refused, IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/public_api/v1/" + path))
                .header("Content-Type", "application/json")
                .header("x-xdr-auth-id", keyId)
                .header("Authorization", key)
                .POST(BodyPublishers.ofString(Json.write(Map.of("request_data", requestData))))
                .build();
        HttpResponse<String> response;
        try {
            // A request's own time limit does not hold for the body of its reply.
            response = http.sendAsync(request, BodyHandlers.ofString()).get(limitMs, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException lost) {
            throw new IOException(lost);
        }
        if (response.statusCode() / 100 != 2) {
            throw new Refused(response);
        }
        if (Json.parse(response.body()) instanceof Map<?, ?> body && body.get("reply") instanceof Map<?, ?> reply) {
            return reply;
        }
        throw new IOException("the reply is none of this API's");
    }

    /** Retries after a 429 or 503 only: after a lost reply it is unknown what was done. */
    private Map<?, ?> call(String path, Map<String, ?> requestData) throws Refused, IOException, InterruptedException {
        for (int attempt = 1;; attempt++) {
            try {
                return post(path, requestData);
            } catch (Refused refused) {
                double pause = refused.retryAfterSeconds != null ? refused.retryAfterSeconds : 0.2 * (1 << attempt);
                if (!refused.isBusy() || attempt == MOST_ATTEMPTS || pause > secondsLeft()) {
                    throw refused;
                }
                sleep(pause);
            }
        }
    }

    private String quarantine(List<?> endpoints) throws Refused, IOException, InterruptedException {
        Map<?, ?> reply = call("endpoints/quarantine", Map.of(
                "filters", List.of(Map.of("field", "endpoint_id_list", "operator", "in", "value", endpoints)),
                "file_path", task.get("filePath"),
                "file_hash", task.get("fileHash")));
        if (!String.valueOf(reply.get("status")).equals("1")) {
            throw new IOException("the action was not sent: " + reply);
        }
        return String.valueOf(reply.get("action_id"));
    }

    /** Asks until nothing moves any more, or until it takes too long; the last statuses, in the endpoints' order. */
    private List<String> follow(String actionId, List<?> endpoints) throws Refused, InterruptedException {
        List<String> statuses = endpoints.stream().map(endpoint -> "not known").toList();
        Map<String, ?> question = Map.of("group_action_id", Long.valueOf(actionId));
        while (secondsLeft() > number("pollSeconds")) {
            sleep(number("pollSeconds"));
            try {
                if (call("actions/get_action_status", question).get("data") instanceof Map<?, ?> data) {
                    statuses = endpoints.stream()
                            .map(endpoint -> data.containsKey(endpoint) ? String.valueOf(data.get(endpoint)) : "FAILED")
                            .toList();
                }
            } catch (IOException lost) {
                continue; // To ask once more does no harm.
            } catch (Refused refused) {
                if (refused.status < 500) {
                    throw refused;
                }
            }
            // An unknown status does not end the action.
            if (FINAL.containsAll(statuses)) {
                break;
            }
        }
        return statuses;
    }

    private Map<String, Object> run() throws Refused, IOException, InterruptedException {
        List<?> endpoints = (List<?>) task.get("endpoints");
        if (endpoints.isEmpty()) {
            throw new IOException("no endpoints were given");
        }
        Map<String, List<?>> actions = new LinkedHashMap<>();
        for (int from = 0; from < endpoints.size(); from += MOST_ENDPOINTS) {
            List<?> batch = endpoints.subList(from, Math.min(from + MOST_ENDPOINTS, endpoints.size()));
            actions.put(quarantine(batch), batch);
        }
        String actionId = actions.keySet().iterator().next();
        if (!Boolean.TRUE.equals(task.get("wait"))) {
            return Map.of("outcome", "accepted", "actionId", actionId);
        }
        List<String> statuses = new ArrayList<>();
        for (Map.Entry<String, List<?>> action : actions.entrySet()) {
            statuses.addAll(follow(action.getKey(), action.getValue()));
        }
        boolean all = statuses.stream().allMatch("COMPLETED_SUCCESSFULLY"::equals);
        boolean some = statuses.stream().anyMatch(status -> status.matches("COMPLETED_(SUCCESSFULLY|PARTIAL)"));
        return Map.of("outcome", all ? "completed" : some ? "partial" : "failed", "actionId", actionId,
                "reason", "ended as " + new TreeSet<>(statuses));
    }

    private double number(String name) {
        return Double.parseDouble(String.valueOf(task.get(name)));
    }

    private double secondsLeft() {
        return (deadline - System.nanoTime()) / 1e9;
    }

    private static void sleep(double seconds) throws InterruptedException {
        Thread.sleep((long) (seconds * 1000));
    }

    public static void main(String[] args) throws Exception {
        Map<String, ?> word;
        try {
            word = new Client((Map<?, ?>) Json.parse(System.getenv("FAUXDR_INPUT"))).run();
        } catch (Refused refused) {
            word = Map.of("outcome", "refused", "status", refused.status, "reason", refused.getMessage());
        } catch (IOException lost) {
            word = Map.of("outcome", "failed", "reason", String.valueOf(lost.getMessage()));
        }
        System.out.println(Json.write(word));
        System.exit(Set.of("accepted", "completed").contains(word.get("outcome")) ? 0 : 1);
    }

    /** As much of JSON as this needs, since Java brings none: numbers are kept as they are written. */
    private static final class Json {
        private record Literal(String text) {
            @Override
            public String toString() {
                return text;
            }
        }

        private final String text;
        private int at;

        private Json(String text) {
            this.text = text;
        }

        static Object parse(String text) throws IOException {
            Json json = new Json(text);
            Object value = json.value();
            if (json.peek() != '\0') {
                throw new IOException("more than JSON at " + json.at);
            }
            return value;
        }

        private Object value() throws IOException {
            char next = peek();
            if (next == '"') {
                return string();
            }
            if (next == '[') {
                List<Object> list = new ArrayList<>();
                for (at++; peek() != ']'; comma(']')) {
                    list.add(value());
                }
                at++;
                return list;
            }
            if (next == '{') {
                Map<String, Object> map = new LinkedHashMap<>();
                for (at++; peek() != '}'; comma('}')) {
                    peek();
                    String name = string();
                    expect(peek() == ':');
                    at++;
                    map.put(name, value());
                }
                at++;
                return map;
            }
            int from = at;
            while (at < text.length() && "+-.".indexOf(text.charAt(at)) >= 0
                    || at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
                at++;
            }
            String word = text.substring(from, at);
            expect(word.matches("null|true|false|-?\\d+(\\.\\d+)?([eE][+-]?\\d+)?"));
            return word.equals("null") ? null : word.matches("true|false") ? Boolean.valueOf(word) : new Literal(word);
        }

        private String string() throws IOException {
            expect(peek() == '"');
            StringBuilder out = new StringBuilder();
            for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
                char letter = text.charAt(at);
                if (letter != '\\') {
                    out.append(letter);
                    continue;
                }
                expect(++at < text.length());
                int short_ = "\"\\/bfnrt".indexOf(text.charAt(at));
                if (short_ >= 0) {
                    out.append("\"\\/\b\f\n\r\t".charAt(short_));
                } else {
                    expect(text.charAt(at) == 'u' && at + 4 < text.length());
                    out.append((char) Integer.parseInt(text.substring(at + 1, at + 5), 16));
                    at += 4;
                }
            }
            expect(at < text.length());
            at++;
            return out.toString();
        }

        private void comma(char end) throws IOException {
            if (peek() == ',') {
                at++;
            } else {
                expect(peek() == end);
            }
        }

        /** The next character that is no blank; NUL at the end. */
        private char peek() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            return at < text.length() ? text.charAt(at) : '\0';
        }

        private void expect(boolean is) throws IOException {
            if (!is) {
                throw new IOException("no JSON at " + at);
            }
        }

        static String write(Object value) {
            if (value instanceof Map<?, ?> map) {
                return map.entrySet().stream().map(entry -> quoted(entry.getKey()) + ":" + write(entry.getValue()))
                        .collect(Collectors.joining(",", "{", "}"));
            }
            if (value instanceof List<?> list) {
                return list.stream().map(Json::write).collect(Collectors.joining(",", "[", "]"));
            }
            return value instanceof String ? quoted(value) : String.valueOf(value);
        }

        /** Nothing but ASCII, so that no encoding of a terminal's matters. */
        private static String quoted(Object text) {
            return String.valueOf(text).chars()
                    .mapToObj(unit -> unit < ' ' || unit > '~' || unit == '"' || unit == '\\'
                            ? String.format("\\u%04x", unit)
                            : String.valueOf((char) unit))
                    .collect(Collectors.joining("", "\"", "\""));
        }
    }
}
