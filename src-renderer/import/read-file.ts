import { call } from '../bridge.ts';
import { tell, tellError } from '../ui/index.ts';
import { setWindow } from '../workspace/index.ts';

const LARGEST = 20_000_000;

/** Reads a file and shows what taking it in would give. Nothing is stored before the person accepts it. */
export async function takeInFile(file: File): Promise<void> {
  if (file.size > LARGEST) {
    tell({
      tone: 'warning',
      text: `“${file.name}” is larger than 20 MB. Stet takes in texts, so cut it down or paste the part you need.`,
    });
    return;
  }
  if (file.size === 0) {
    tell({ tone: 'warning', text: `“${file.name}” is empty: there is nothing to take in.` });
    return;
  }
  try {
    const base64 = await base64Of(file);
    setWindow({ proposal: await call('import.read', { name: file.name, base64 }) });
  } catch (error) {
    tellError(error instanceof Error ? error : new Error(String(error)));
  }
}

/** Lets the person choose a file. */
export function chooseFile(): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = '.txt,.text,.md,.html,.htm,.json,.xml,.docx,text/*';
  input.addEventListener('change', () => {
    const [file] = input.files ?? [];
    if (file) void takeInFile(file);
  });
  input.click();
}

function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => {
      const url = typeof reader.result === 'string' ? reader.result : '';
      resolve(url.slice(url.indexOf(',') + 1));
    };
    reader.onerror = () =>
      reject(new Error(`“${file.name}” could not be read. Check that it is still there.`));
    reader.readAsDataURL(file);
  });
}
