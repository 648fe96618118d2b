export { default, generateMetadata } from '#app/(reader)/sections/[slug]/page.tsx';
