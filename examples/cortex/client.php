#!/usr/bin/env php
<?php
// Quarantines a file on endpoints and follows what becomes of it, with the curl extension that PHP brings.
// FAUXDR_INPUT says what to do; one JSON line on stdout and the exit code say how it went.
declare(strict_types=1);

/** The API takes no more endpoints in one call. */
const MOST_ENDPOINTS = 1000;
const MOST_ATTEMPTS = 3;
const FINAL_STATUSES = [
    'COMPLETED_SUCCESSFULLY', 'COMPLETED_PARTIAL', 'FAILED', 'TIMEOUT', 'EXPIRED', 'CANCELLED', 'ABORTED',
];

final class Refused extends Exception
{
    public function __construct(public readonly int $status, string $body, public readonly ?int $retryAfter)
    {
        parent::__construct(self::reasonIn($body));
    }

    public function isBusy(): bool
    {
        return in_array($this->status, [429, 503], true);
    }

    /** The vendor's reason, flat or wrapped; a gateway's page or plain text is cut short. */
    private static function reasonIn(string $body): string
    {
        $error = json_decode($body, true);
        if (!is_array($error)) {
            return substr($body, 0, 200);
        }
        $error = $error['reply'] ?? $error;
        $extra = $error['err_extra'] ?? '';
        return ($error['err_msg'] ?? '') . ': ' . (is_string($extra) ? $extra : json_encode($extra));
    }
}

/** A reply that broke on its way, or is none of this API's. */
final class Lost extends Exception
{
}

final class Cortex
{
    private float $deadline;

    public function __construct(
        private readonly string $url,
        private readonly string $keyId,
        private readonly string $key,
        private readonly float $giveUpSeconds,
    ) {
        $this->deadline = hrtime(true) / 1e9 + $giveUpSeconds;
    }

    /** @param list<string> $endpoints */
    public function quarantine(array $endpoints, string $path, string $hash): int
    {
        $reply = $this->call('endpoints/quarantine', [
            'filters' => [['field' => 'endpoint_id_list', 'operator' => 'in', 'value' => $endpoints]],
            'file_path' => $path,
            'file_hash' => $hash,
        ]);
        if ((int) ($reply['status'] ?? 0) !== 1) {
            throw new Lost('the action was not sent');
        }
        return (int) $reply['action_id'];
    }

    /** Asks until nothing moves any more, or until it takes too long; the last statuses, by endpoint. */
    public function follow(int $actionId, array $endpoints, float $pollSeconds): array
    {
        $data = [];
        while ($this->secondsLeft() > $pollSeconds) {
            self::sleep($pollSeconds);
            try {
                $data = $this->call('actions/get_action_status', ['group_action_id' => $actionId])['data'] ?? [];
            } catch (Refused $refused) {
                if ($refused->status < 500) {
                    throw $refused;
                }
                continue;
            } catch (Lost) {
                continue; // To ask once more does no harm.
            }
            // An unknown status does not end the action.
            $moving = array_filter(
                $endpoints,
                fn (string $id): bool => isset($data[$id]) && !in_array($data[$id], FINAL_STATUSES, true),
            );
            if ($data !== [] && $moving === []) {
                break;
            }
        }
        return $data;
    }

    /** Retries after a 429 or 503 only: after a lost reply it is unknown what was done. */
    private function call(string $path, array $requestData): array
    {
        for ($attempt = 1; ; $attempt++) {
            try {
                return $this->post($path, $requestData);
            } catch (Refused $refused) {
                $pause = $refused->retryAfter ?? 0.2 * 2 ** $attempt;
                if (!$refused->isBusy() || $attempt === MOST_ATTEMPTS || $pause > $this->secondsLeft()) {
                    throw $refused;
                }
                self::sleep($pause);
            }
        }
    }

    private function post(string $path, array $requestData): array
    {
        $retryAfter = null;
        $curl = curl_init("{$this->url}/public_api/v1/{$path}");
        curl_setopt_array($curl, [
            CURLOPT_POST => true,
            CURLOPT_HTTPHEADER => [
                'Content-Type: application/json',
                "x-xdr-auth-id: {$this->keyId}",
                "Authorization: {$this->key}",
                'Expect:',
            ],
            CURLOPT_POSTFIELDS => json_encode(['request_data' => $requestData], JSON_THROW_ON_ERROR),
            CURLOPT_RETURNTRANSFER => true,
            CURLOPT_ENCODING => '',
            CURLOPT_TIMEOUT_MS => (int) (1000 * max(2, min(30, $this->giveUpSeconds))),
            CURLOPT_HEADERFUNCTION => function ($_, string $line) use (&$retryAfter): int {
                if (preg_match('/^retry-after:\s*(\d+)\s*$/i', $line, $found)) {
                    $retryAfter = (int) $found[1];
                }
                return strlen($line);
            },
        ]);
        $body = curl_exec($curl);
        if ($body === false) {
            throw new Lost(curl_error($curl));
        }
        $status = curl_getinfo($curl, CURLINFO_RESPONSE_CODE);
        if ($status < 200 || $status > 299) {
            throw new Refused($status, $body, $retryAfter);
        }
        $reply = json_decode($body, true)['reply'] ?? null;
        return is_array($reply) ? $reply : throw new Lost('the reply is none of this API\'s');
    }

    private function secondsLeft(): float
    {
        return $this->deadline - hrtime(true) / 1e9;
    }

    private static function sleep(float $seconds): void
    {
        usleep((int) ($seconds * 1_000_000));
    }
}

/** @param list<string> $statuses */
function outcomeOf(array $statuses): array
{
    $counts = array_count_values($statuses);
    $done = $counts['COMPLETED_SUCCESSFULLY'] ?? 0;
    if ($done === count($statuses)) {
        return ['outcome' => 'completed'];
    }
    $some = $done + ($counts['COMPLETED_PARTIAL'] ?? 0);
    return [
        'outcome' => $some > 0 ? 'partial' : 'failed',
        'reason' => 'ended as ' . implode(', ', array_keys($counts)),
    ];
}

function run(array $task): array
{
    if ($task['endpoints'] === []) {
        throw new Lost('no endpoints were given');
    }
    $cortex = new Cortex(
        getenv('CORTEX_URL'),
        getenv('CORTEX_API_KEY_ID'),
        getenv('CORTEX_API_KEY'),
        $task['giveUpSeconds'],
    );
    $batches = array_chunk($task['endpoints'], MOST_ENDPOINTS);
    $ids = array_map(
        fn (array $batch): int => $cortex->quarantine($batch, $task['filePath'], $task['fileHash']),
        $batches,
    );
    $actionId = (string) $ids[0];
    if (!$task['wait']) {
        return ['outcome' => 'accepted', 'actionId' => $actionId];
    }
    $statuses = [];
    foreach ($batches as $number => $batch) {
        $data = $cortex->follow($ids[$number], $batch, $task['pollSeconds']);
        foreach ($batch as $endpoint) {
            $statuses[] = $data[$endpoint] ?? 'no such endpoint';
        }
    }
    return outcomeOf($statuses) + ['actionId' => $actionId];
}

try {
    $word = run(json_decode(getenv('FAUXDR_INPUT'), true, flags: JSON_THROW_ON_ERROR));
} catch (Refused $refused) {
    $word = ['outcome' => 'refused', 'status' => $refused->status, 'reason' => $refused->getMessage()];
} catch (Lost $lost) {
    $word = ['outcome' => 'failed', 'reason' => $lost->getMessage()];
}
echo json_encode($word, JSON_INVALID_UTF8_SUBSTITUTE), "\n";
exit(in_array($word['outcome'], ['accepted', 'completed'], true) ? 0 : 1);
